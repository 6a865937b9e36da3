import { I18nProvider } from "@lingui/react";
import { i18n } from "@lingui/core";
import { act, render, screen } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { answerView } from "../platform/fake/payload-samples";
import { SessionPage } from "../session/SessionPage";
import { openApp } from "../test/open";

const byId = (id: string) => screen.getByTestId(id);
/** jsdom lays nothing out, so what needs a layout is looked at in the real window. */
const rules = { "color-contrast": { enabled: false }, "target-size": { enabled: false } };

async function faults() {
  const { violations } = await axe.run(document.body, { rules, iframes: false });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test("an answered request has no fault that axe finds", async () => {
  const { user } = openApp({ sent: 1, answered: true });
  await user.click(await screen.findByTestId("nav-requests"));
  await user.click(await screen.findByRole("button", { name: /Client onboarding 1/ }));
  await screen.findByTestId("answers");
  expect(await faults()).toEqual([]);
});

test("the view of answers has no fault that axe finds", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("nav-answers"));
  await user.click(byId("open-payload"));
  expect(await faults()).toEqual([]);
  await user.paste('{"for":"another"}');
  await user.click(byId("open-payload"));
  await screen.findByTestId("answer-payload-1");
  expect(await faults()).toEqual([]);
});

test("Settings with webhook secrets and profiles have no fault that axe finds", async () => {
  const { user } = openApp({ live: true });
  await user.click(await screen.findByTestId("nav-settings"));
  await user.click(await screen.findByTestId("tryPayload"));
  await user.paste('{"data":1}');
  await user.click(byId("try-payload"));
  await screen.findByTestId("traces");
  expect(await faults()).toEqual([]);
  await user.click(byId("connection-live-webhook"));
  await user.click(await screen.findByTestId("webhook-save"));
  expect(await faults()).toEqual([]);
});

test("the ways back in the form have no fault that axe finds", async () => {
  const { user } = openApp();
  await user.click(await screen.findByTestId("returnTo.app"));
  await screen.findByText(/countersign:\/\/return/);
  expect(await faults()).toEqual([]);
  await user.click(byId("returnTo.web"));
  expect(await faults()).toEqual([]);
});

test("the page of a session has no fault that axe finds", async () => {
  const origin = "https://app.humanos.id";
  render(
    <I18nProvider i18n={i18n}>
      <SessionPage
        told={{ src: `${origin}/r/1`, origin, contact: "maria@example.com" }}
        pass={async () => ({ outcome: "opened", answer: answerView() })}
      />
    </I18nProvider>,
  );
  const { contentWindow: source } = byId("session-frame") as HTMLIFrameElement;
  await act(async () => {
    dispatchEvent(new MessageEvent("message", { data: "x", origin, source }));
  });
  await screen.findByTestId("session-answer");
  expect(await faults()).toEqual([]);
});
