/** Where requests go and with which keys, who asks, how lists are read and answers opened, and where things are kept. */
import { useLingui } from "@lingui/react/macro";
import { Screen } from "../../shell/Screen";
import { Connections } from "./Connections";
import { EncryptedAnswers } from "./EncryptedAnswers";
import { KeptSection } from "./KeptSection";
import { ListsSection } from "./ListsSection";
import { OfficerSection } from "./OfficerSection";

export function SettingsView() {
  const { t } = useLingui();
  return (
    <Screen title={t`Settings`}>
      <Connections />
      <OfficerSection />
      <ListsSection />
      <EncryptedAnswers />
      <KeptSection />
    </Screen>
  );
}
