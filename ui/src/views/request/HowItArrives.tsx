/** How the request reaches people, and who else may read the answers. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { asProblem } from "../../api/problems";
import type { Draft, Form, Problem } from "../../api/types";
import { Button, ProblemCallout, Section, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { BoundArea, BoundLines, BoundText } from "./bound";
import { ExpectedDocIds } from "./ExpectedDocIds";
import { useFormStore } from "./FormProvider";
import { ReturnChoice } from "./ReturnChoice";

const LANGUAGES = ["ENG", "PRT", "SPA", "FRA"];

export function HowItArrives({ form }: { form: Form }) {
  const { t } = useLingui();
  const { draft } = form;
  return (
    <Section title={t`How it arrives`}>
      <BoundText
        path="language"
        label={t`Language of the message`}
        wire="language"
        hint={t`ENG, PRT, SPA or FRA. Empty: Humanos chooses.`}
        choices={LANGUAGES}
        size={14}
        value={draft.language}
        set={(now, language) => ({ ...now, language })}
      />
      <ReturnChoice form={form} />
      <ExpectedDocIds draft={draft} />
      <BoundLines
        path="authorizedDIDs"
        label={t`Who else may read the answers`}
        wire="authorizedDIDs"
        hint={t`DIDs, one per line, such as did:web:auditor.example`}
        rows={2}
        value={draft.authorizedDIDs}
        set={(now, authorizedDIDs) => ({ ...now, authorizedDIDs })}
      />
      <PublicKey draft={draft} />
    </Section>
  );
}

function PublicKey({ draft }: { draft: Draft }) {
  const { t } = useLingui();
  const platform = usePlatform();
  const store = useFormStore();
  const announce = useAnnounce();
  const [problem, setProblem] = useState<Problem | null>(null);

  const make = async () => {
    try {
      const { pubKey } = await platform.makeKeyPair();
      setProblem(null);
      store.change("pubKey", (now) => ({ ...now, pubKey }));
      announce(t`A key was made.`);
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };

  return (
    <>
      <BoundArea
        path="pubKey"
        label={t`Public key for sealed answers`}
        wire="pubKey"
        hint={t`P-256, SPKI in base64. If Countersign makes it, the private half stays in the ledger.`}
        code
        rows={2}
        value={draft.pubKey}
        set={(now, pubKey) => ({ ...now, pubKey: pubKey.trim() })}
      />
      <div>
        <Button testId="make-key" onPress={() => void make()}>
          <Trans>Make a key for me</Trans>
        </Button>
      </div>
      {problem ? <ProblemCallout problem={problem} /> : null}
    </>
  );
}
