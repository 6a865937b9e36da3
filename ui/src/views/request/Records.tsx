/** For your records: names, ids, and the two headers the officer may see to. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useCurrentConnection } from "../../api/queries";
import type { Form } from "../../api/types";
import { Button, Section, Select, TextField } from "../../components";
import { BoundText } from "./bound";
import { useFormStore } from "./FormProvider";
import { newKey } from "./form-store";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

export function Records({ form }: { form: Form }) {
  const { t } = useLingui();
  const store = useFormStore();
  const connection = useCurrentConnection();
  const version = connection?.apiVersion ?? "";
  const setKey = (idempotencyKey: string) =>
    store.changeForm("Idempotency-Key", (now) => ({ ...now, idempotencyKey }));
  return (
    <Section title={t`For your records`}>
      <div className={styles.two}>
        <BoundText
          path="name"
          label={t`Name of the request`}
          wire="name"
          hint={t`How you will find it again`}
          value={form.draft.name}
          set={(now, name) => ({ ...now, name })}
        />
        <BoundText
          path="internalId"
          label={t`Your own id`}
          wire="internalId"
          hint={t`From your case file, if there is one`}
          value={form.draft.internalId}
          set={(now, internalId) => ({ ...now, internalId })}
        />
        <TextField
          path="Idempotency-Key"
          label={t`Idempotency key`}
          wire="Idempotency-Key"
          hint={t`Under one key Humanos asks people only once, even if sending is tried again. Of several requests each has it with its own number.`}
          value={form.idempotencyKey}
          error={useIssue("Idempotency-Key")}
          onChange={setKey}
          onBlur={() => store.touch("Idempotency-Key")}
        />
        <Select
          path="API-Version"
          label={t`API version`}
          wire="API-Version"
          hint={t`Of the connection “${connection?.name ?? t`none`}”. Change it under Settings.`}
          value={version}
          choices={[{ value: version, label: version || t`none` }]}
        />
      </div>
      <div>
        <Button kind="quiet" testId="new-idempotency-key" onPress={() => setKey(newKey())}>
          <Trans>New idempotency key</Trans>
        </Button>
      </div>
    </Section>
  );
}
