/** The columns that texts may name: a press writes one where the officer was typing last, or copies it. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import { Button, controlId, useAnnounce } from "../../components";
import styles from "./RequestView.module.css";
import { insertInto, takesVariables, variable } from "./variables";

interface Target {
  path: string;
  label: string;
}

export function Variables({ columns }: { columns: readonly string[] }) {
  const { t } = useLingui();
  const announce = useAnnounce();
  const target = useLastText();
  const example = variable(columns[0] ?? t`column`);

  const use = async (token: string) => {
    const field = target && document.getElementById(controlId(target.path));
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      insertInto(field, token);
      field.focus();
      announce(t`${token} is now in: ${target?.label ?? ""}`);
      return;
    }
    try {
      await navigator.clipboard.writeText(token);
      announce(t`Copied: ${token}`);
    } catch {
      announce(t`Go to a text of the form first, then press here again.`);
    }
  };

  return (
    <div className={styles.group} role="group" aria-labelledby="variables-hint">
      <p id="variables-hint" className={styles.soft}>
        {columns.length === 0 ? (
          <Trans>Once the list has columns, texts of this form can be filled from each row.</Trans>
        ) : target ? (
          <Trans>
            Write {example} in a text to fill it from each row. A press here writes it into{" "}
            {target.label}.
          </Trans>
        ) : (
          <Trans>Write {example} in a text to fill it from each row. A press here copies it.</Trans>
        )}
      </p>
      {columns.length > 0 ? (
        <div className={styles.variables} data-testid="variables">
          {columns.map((column) => {
            const token = variable(column);
            return (
              <Button
                key={column}
                testId={`variable-${column}`}
                aria-label={target ? t`Write ${token} into ${target.label}` : t`Copy ${token}`}
                onPress={() => void use(token)}
              >
                <code>{token}</code>
              </Button>
            );
          })}
        </div>
      ) : null}
    </div>
  );
}

/** The text that was typed in last, as long as it is there. */
function useLastText(): Target | null {
  const [target, setTarget] = useState<Target | null>(null);
  useEffect(() => {
    const see = ({ target: at }: FocusEvent) => {
      if (!(at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement)) return;
      const path = at.dataset.testid ?? "";
      if (!takesVariables(path)) return;
      const words = at.labels?.[0]?.firstChild?.textContent;
      setTarget({ path, label: words || path });
    };
    document.addEventListener("focusin", see);
    return () => document.removeEventListener("focusin", see);
  }, []);
  return target;
}
