/** Which personal data is hidden in an export. What was hidden can be shown, and proven, later. */
import { Trans, useLingui } from "@lingui/react/macro";
import type { MaskField } from "../api/types";
import { Check } from "../components";
import { useExportChoices } from "./choices";
import styles from "./Exports.module.css";
import { hiddenWith, MASK_FIELDS } from "./mask";

export function HideFields({ fields = MASK_FIELDS }: { fields?: readonly MaskField[] }) {
  const { t } = useLingui();
  const [{ mask }, change] = useExportChoices();
  const along = hiddenWith(mask);
  const holds = fields.includes("body");
  const words: Record<MaskField, { label: string; hint: string }> = {
    contacts: {
      label: t`Contacts`,
      hint: holds
        ? t`Email addresses and phone numbers. The replies and the body hold them and are hidden too.`
        : t`Email addresses and phone numbers.`,
    },
    names: {
      label: t`Names`,
      hint: holds
        ? t`Of people, of what they sign, and of the request. The replies and the body hold them and are hidden too.`
        : t`Of people, of what they sign, and of the request.`,
    },
    links: {
      label: t`Links`,
      hint: holds
        ? t`Where each person answers. The replies hold them and are hidden too.`
        : t`Where each person answers.`,
    },
    replies: { label: t`Replies`, hint: t`What the server replied, word for word.` },
    body: { label: t`Body`, hint: t`What was sent, word for word. Its SHA-256 stays.` },
  };
  return (
    <fieldset className={styles.group} data-testid="mask">
      <legend className={styles.legend}>
        <Trans>Hide</Trans>
      </legend>
      <p className={styles.soft}>
        <Trans>
          For each hidden value a fingerprint stays, so that you can show it later and prove that it
          was this one.
        </Trans>
      </p>
      {fields.map((field) => (
        <Check
          key={field}
          path={`mask-${field}`}
          label={words[field].label}
          hint={along.has(field) ? t`Hidden with what is ticked above.` : words[field].hint}
          value={mask.includes(field) || along.has(field)}
          disabled={along.has(field)}
          onChange={(on) =>
            change({ mask: on ? [...mask, field] : mask.filter((one) => one !== field) })
          }
        />
      ))}
    </fieldset>
  );
}
