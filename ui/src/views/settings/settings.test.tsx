import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { problem } from "../../platform/fake/requests";
import { openView } from "../../test/open";
import { SettingsView } from "./SettingsView";
import { i18n } from "@lingui/core";
import { clockWords } from "./words";

test("editing a connection with blank secrets keeps the stored ones", async () => {
  const { platform, user } = openView(<SettingsView />, { live: true });
  const save = vi.spyOn(platform, "saveConnection");
  await user.click(await screen.findByTestId("connection-live-edit"));

  const key = screen.getByTestId("connection.apiKey");
  expect(key).toMatchObject({ type: "password", value: "", autocomplete: "off" });
  expect(key).toHaveProperty("placeholder", "kept: …7f2a, leave blank to keep");
  await user.clear(screen.getByTestId("connection.name"));
  await user.type(screen.getByTestId("connection.name"), "Production, onboarding");
  await user.click(screen.getByTestId("connection-save"));

  const item = await screen.findByTestId("connection-live");
  expect(item.textContent).toContain("Production, onboarding");
  expect(item.textContent).toContain("…7f2a");
  expect(item.textContent).toContain("a1b2 c3d4");
  expect(save.mock.calls[0]?.[0]).toMatchObject({ id: "live", apiKey: "", signatureSecret: "" });
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByTestId("connection-live-test")),
  );
});

test("a new connection says all that is missing, then what the shell refuses, at the fields", async () => {
  const { user } = openView(<SettingsView />);
  await user.click(await screen.findByTestId("add-connection"));
  expect(document.activeElement).toBe(screen.getByTestId("connection.name"));
  await user.click(screen.getByTestId("connection-save"));
  const summary = await screen.findByTestId("error-summary");
  expect(within(summary).getAllByRole("link")).toHaveLength(4);
  expect(document.activeElement).toBe(summary);

  await user.type(screen.getByTestId("connection.name"), "Production");
  await user.type(screen.getByTestId("connection.baseUrl"), "humanos");
  await user.type(screen.getByTestId("connection.apiKey"), "vk_live_0000abcd");
  await user.type(screen.getByTestId("connection.signatureSecret"), "secret-0000wxyz");
  await user.click(screen.getByTestId("connection-save"));
  expect((await screen.findByTestId("issue-connection.baseUrl")).textContent).toContain(
    "not an address",
  );

  await user.clear(screen.getByTestId("connection.baseUrl"));
  await user.type(screen.getByTestId("connection.baseUrl"), "https://api.humanos.id");
  await user.click(screen.getByTestId("connection-save"));
  expect((await screen.findByText("Production")).textContent).toBe("Production");
  expect(document.body.innerHTML).not.toContain("vk_live_0000abcd");
  expect(document.body.innerHTML).not.toContain("secret-0000wxyz");
});

test("a connection can be used, tested and, after a second step, removed", async () => {
  const { user } = openView(<SettingsView />, { live: true });
  await user.click(await screen.findByTestId("connection-practice-use"));
  await waitFor(() => expect(screen.queryByTestId("connection-practice-use")).toBeNull());

  await user.click(screen.getByTestId("connection-live-test"));
  const result = await screen.findByTestId("connection-test-result");
  expect(result.textContent).toContain("clock agrees");

  await user.click(screen.getByTestId("connection-live-remove"));
  await user.click(await screen.findByTestId("connection-live-remove-confirm"));
  await waitFor(() => expect(screen.queryByTestId("connection-live")).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("add-connection")));
});

test("clock differences are told in words, with the direction", () => {
  const say = (ms: number) => i18n._(clockWords(ms).text);
  expect(say(-900)).toContain("agrees");
  expect(say(12_000)).toContain("12 seconds ahead");
  expect(say(-90_000)).toContain("90 seconds behind");
  expect(say(600_000)).toContain("10 minutes ahead");
  expect(clockWords(600_000).tone).toBe("error");
});

test("the officer is saved and it says so", async () => {
  const { platform, user } = openView(<SettingsView />);
  await user.type(await screen.findByTestId("officer.name"), "Ana Martins");
  await user.type(screen.getByTestId("officer.organisation"), "Banco do Rio");
  await user.type(screen.getByTestId("officer.contact"), "ana@example.com");
  await user.click(screen.getByTestId("officer-save"));
  await waitFor(() => expect(screen.getByTestId("officer-saved").textContent).toContain("Saved"));
  expect(await platform.officer()).toEqual({
    name: "Ana Martins",
    organisation: "Banco do Rio",
    contact: "ana@example.com",
  });
});

test("a contact that the shell refuses is said at its field", async () => {
  const { platform, user } = openView(<SettingsView />);
  platform.fake.rejects.saveOfficer = problem("invalid-field", "No address.", "officer.contact");
  await user.type(await screen.findByTestId("officer.contact"), "ana@");
  await user.click(screen.getByTestId("officer-save"));
  expect((await screen.findByTestId("issue-officer.contact")).textContent).toContain("No address.");
});

test("the pace of a connection is changed, and one out of bounds refused at its field", async () => {
  const { platform, user } = openView(<SettingsView />, { live: true });
  await user.click(await screen.findByTestId("connection-live-pace"));
  const minute = screen.getByTestId("perMinute");
  expect(document.activeElement).toBe(minute);
  await user.clear(minute);
  await user.type(minute, "90000");
  await user.click(screen.getByTestId("pace-save"));
  expect((await screen.findByTestId("issue-perMinute")).textContent).toContain("1 to 60,000");
  expect(document.activeElement).toBe(minute);

  await user.clear(minute);
  await user.type(minute, "120");
  await user.click(screen.getByTestId("pace-save"));
  await waitFor(() =>
    expect(screen.getByTestId("connection-live").textContent).toContain("120 a minute, 4 at once"),
  );
  expect((await platform.connections())[0]?.pace).toEqual({ perMinute: 120, inFlight: 4 });
  await waitFor(() =>
    expect(document.activeElement).toBe(screen.getByTestId("connection-live-pace")),
  );
});

test("how lists are read is saved, and a size out of bounds is refused at its field", async () => {
  const { platform, user } = openView(<SettingsView />);
  const save = vi.spyOn(platform, "saveListSettings");
  const size = await screen.findByTestId("textMebibytes");
  expect(size).toHaveProperty("value", "25");
  await user.clear(size);
  await user.type(size, "4096");
  await user.click(screen.getByTestId("lists-save"));
  expect((await screen.findByTestId("issue-textMebibytes")).textContent).toContain("1 to 2048");
  expect(document.activeElement).toBe(size);
  expect(save).not.toHaveBeenCalled();

  await user.clear(size);
  await user.type(size, "100");
  await screen.findByRole("option", { name: "Spain +34" });
  await user.selectOptions(screen.getByTestId("defaultRegion"), "ES");
  await user.click(screen.getByTestId("lists-save"));
  await waitFor(() => expect(screen.getByTestId("lists-saved").textContent).toContain("Saved"));
  expect(await platform.listSettings()).toEqual({ region: "ES", textMebibytes: 100 });
});
