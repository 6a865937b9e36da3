import "../styles/tokens.css";
import "../styles/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { createRoot } from "react-dom/client";
import { messages } from "../locales/en/messages.po";
import { passMessage } from "../platform/session";
import { NoSession, SessionPage } from "./SessionPage";
import { readTold } from "./told";

i18n.loadAndActivate({ locale: "en", messages });

const root = document.getElementById("root");
if (root) {
  const told = readTold(location.hash);
  createRoot(root).render(
    <I18nProvider i18n={i18n}>
      {told ? <SessionPage told={told} pass={passMessage} /> : <NoSession />}
    </I18nProvider>,
  );
}
