import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFake } from "../../platform/fake";
import { problem } from "../../platform/fake/requests";
import { openView } from "../../test/open";
import { SettingsView } from "./SettingsView";

const byId = (id: string) => screen.getByTestId(id);

test("webhook secrets go in all three the first time, and only their ends come back", async () => {
  const { user, platform } = openView(<SettingsView />, { live: true });
  const save = vi.spyOn(platform, "saveWebhook");
  await user.click(await screen.findByTestId("connection-live-webhook"));
  expect(byId("webhook.signatureSecret")).toMatchObject({ type: "password", value: "" });
  await user.type(byId("webhook.encryptionSecret"), "c2VjcmV0LWFi");
  await user.click(byId("webhook-save"));
  expect(byId("issue-webhook.signatureSecret").textContent).toContain("Paste the webhook");
  expect(byId("issue-webhook.encryptionSalt").textContent).toContain("Paste the encryption salt");
  expect(screen.queryByTestId("issue-webhook.encryptionSecret")).toBeNull();
  expect(document.activeElement).toBe(byId("webhook.signatureSecret"));
  expect(save).not.toHaveBeenCalled();

  await user.type(byId("webhook.signatureSecret"), "sign-secret-wxyz");
  await user.type(byId("webhook.encryptionSalt"), "salt-1234");
  await user.click(byId("webhook-save"));
  await waitFor(() => expect(screen.queryByTestId("webhook-dialog")).toBeNull());
  const item = byId("connection-live");
  await waitFor(() =>
    expect(item.textContent).toContain("signature …wxyz, encryption …LWFi, salt …1234"),
  );
  expect(document.body.innerHTML).not.toContain("sign-secret-wxyz");
});

async function withSecrets() {
  const platform = createFake({ live: true });
  await platform.saveWebhook("live", {
    signatureSecret: "sign-wxyz",
    encryptionSecret: "c2VjcmV0LWFi",
    encryptionSalt: "salt-1234",
  });
  return openView(<SettingsView />, { platform });
}

test("blank keeps a stored webhook secret, and what the shell refuses is said at its field", async () => {
  const { user, platform } = await withSecrets();
  await user.click(await screen.findByTestId("connection-live-webhook"));
  expect(byId("webhook.encryptionSalt")).toHaveProperty(
    "placeholder",
    "kept: …1234, leave blank to keep",
  );
  platform.fake.rejects.saveWebhook = problem(
    "invalid-field",
    "Not base64.",
    "webhook.encryptionSecret",
  );
  await user.type(byId("webhook.encryptionSecret"), "%%");
  await user.click(byId("webhook-save"));
  expect((await screen.findByTestId("issue-webhook.encryptionSecret")).textContent).toContain(
    "Not base64.",
  );
  expect(document.activeElement).toBe(byId("webhook.encryptionSecret"));

  delete platform.fake.rejects.saveWebhook;
  await user.clear(byId("webhook.encryptionSecret"));
  await user.type(byId("webhook.encryptionSecret"), "bmV3LXF3ZXI");
  await user.click(byId("webhook-save"));
  await waitFor(() =>
    expect(byId("connection-live").textContent).toContain(
      "signature …wxyz, encryption …3ZXI, salt …1234",
    ),
  );
});

test("webhook secrets are removed after a second step; practice has none", async () => {
  const { user } = await withSecrets();
  expect(screen.queryByTestId("connection-practice-webhook")).toBeNull();
  await user.click(await screen.findByTestId("connection-live-webhook-remove"));
  await user.click(await screen.findByTestId("connection-live-webhook-remove-confirm"));
  await waitFor(() => expect(byId("connection-live").textContent).not.toContain("…wxyz"));
  await waitFor(() => expect(document.activeElement).toBe(byId("connection-live-webhook")));
});

test("built-in profiles are listed as unconfirmed guesses", async () => {
  openView(<SettingsView />);
  const builtIn = await screen.findByTestId("built-in-profiles");
  expect(within(builtIn).getAllByText("unconfirmed")).toHaveLength(2);
  expect(byId("encrypted-answers").textContent).toContain("guesses that nobody has confirmed");
  expect(screen.queryByTestId("own-profiles")).toBeNull();
});

test("own profiles are saved, refused at their field, and removed by emptying it", async () => {
  const { user } = openView(<SettingsView />);
  const field = await screen.findByTestId("profiles");
  await user.click(field);
  await user.paste("{");
  await user.click(byId("profiles-save"));
  expect((await screen.findByTestId("issue-profiles")).textContent).toContain("not JSON");
  expect(document.activeElement).toBe(field);
  expect(field).toHaveProperty("value", "{");

  await user.paste('"profiles":[{"name":"from-humanos"}]}');
  await user.click(byId("profiles-save"));
  expect((await screen.findByTestId("own-profiles")).textContent).toContain("from-humanos");
  expect(byId("profiles-saved").textContent).toContain("Saved");

  await user.clear(field);
  await user.click(byId("profiles-save"));
  await waitFor(() => expect(screen.queryByTestId("own-profiles")).toBeNull());
});

test("a template or a file fills the field, but replaces what is typed only after asking", async () => {
  const { user } = openView(<SettingsView />);
  await user.click(await screen.findByTestId("profiles-template"));
  await waitFor(() =>
    expect(byId("profiles")).toHaveProperty(
      "value",
      expect.stringContaining("countersign-envelope-profiles"),
    ),
  );
  await user.click(byId("profiles-choose"));
  await user.click(await screen.findByTestId("profiles-keep"));
  expect(byId("profiles")).toHaveProperty(
    "value",
    expect.stringContaining("countersign-envelope-profiles"),
  );
  await user.click(byId("profiles-choose"));
  await user.click(await screen.findByTestId("profiles-replace"));
  await waitFor(() =>
    expect(byId("profiles")).toHaveProperty("value", expect.stringContaining("from-a-file")),
  );
});

test("a payload is tried against every profile, and nothing is kept", async () => {
  const { user, platform } = openView(<SettingsView />);
  await user.click(await screen.findByTestId("try-payload"));
  expect(byId("issue-tryPayload").textContent).toContain("Paste a payload first");
  await user.paste('{"for":"another"}');
  await user.click(byId("try-payload"));
  const traces = await screen.findByTestId("traces");
  expect(within(traces).getAllByRole("row")).toHaveLength(3);
  expect(traces.textContent).toContain("does not fit any key here");

  await user.clear(byId("tryPayload"));
  expect(screen.queryByTestId("traces")).toBeNull();
  await user.paste("hello");
  await user.click(byId("try-payload"));
  expect(await screen.findByTestId("try-nothing")).toBeTruthy();
  expect(await platform.looseAnswers()).toEqual([]);
});
