import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { openApp } from "../../test/open";

const byId = (id: string) => screen.getByTestId(id);

test("people go nowhere unless a way is chosen, and a typed address survives the choice", async () => {
  const { user, platform } = openApp();
  expect(await screen.findByTestId("returnTo.none")).toHaveProperty("checked", true);
  expect(screen.queryByTestId("redirectUrl")).toBeNull();
  expect(byId("rail").textContent).toContain("people stay with Humanos");

  await user.click(byId("returnTo.web"));
  expect(byId("rail").textContent).toContain("No web page given yet");
  await user.type(byId("redirectUrl"), "https://example.com/done");
  expect(byId("rail").textContent).toContain("people go to example.com");

  await user.click(byId("returnTo.app"));
  expect(screen.queryByTestId("redirectUrl")).toBeNull();
  expect(byId("rail").textContent).toContain("people come back to this app");
  await waitFor(() => expect(platform.fake.form.returnTo).toBe("app"));
  expect(platform.fake.form.draft.redirectUrl).toBe("https://example.com/done");

  await user.click(byId("returnTo.web"));
  expect(byId("redirectUrl")).toHaveProperty("value", "https://example.com/done");
});

test("back to this app says by which address, where, and how far to trust it", async () => {
  const { user } = openApp({
    returnWay: { kind: "loopback", address: "http://127.0.0.1:41234/return/…" },
  });
  await user.click(await screen.findByTestId("returnTo.app"));
  await waitFor(() =>
    expect(byId("return-note").textContent).toContain("http://127.0.0.1:41234/return/…"),
  );
  const note = byId("return-note").textContent;
  expect(note).toContain("only on this computer");
  expect(note).toContain("only a hint");
  expect(note).toContain("does not document which addresses it accepts");
});

test("where nobody can come back it says so instead", async () => {
  const { user } = openApp({ returnWay: { kind: "unavailable", address: "" } });
  await user.click(await screen.findByTestId("returnTo.app"));
  await waitFor(() => expect(byId("return-note").textContent).toContain("Nobody can come back"));
});

test("a web page without its address is said in the summary and leads to the field", async () => {
  const { user } = openApp({ rows: 2 });
  await user.click(await screen.findByTestId("returnTo.web"));
  await user.click(byId("review-button"));
  const summary = await screen.findByTestId("error-summary");
  await user.click(within(summary).getByText("Write the address of the web page"));
  expect(document.activeElement).toBe(byId("redirectUrl"));
});

test("what Humanos refused about the address leads to the choice where no field shows it", async () => {
  const { user } = openApp({ rows: 2, filled: true, answer: "field-errors" });
  await screen.findByTestId("contact-table");
  await user.click(byId("returnTo.app"));
  await user.click(byId("review-button"));
  expect((await screen.findByTestId("review-body")).textContent).toContain("countersign://return/");
  await user.click(byId("send-button"));
  await user.click(await screen.findByTestId("confirm-send"));
  await user.click(await screen.findByTestId("edit-again"));
  expect((await screen.findByTestId("issue-returnTo")).textContent).toContain(
    "redirectUrl must be a URL address",
  );
  await user.click(byId("returnTo.none"));
  expect(screen.queryByTestId("issue-returnTo")).toBeNull();
});
