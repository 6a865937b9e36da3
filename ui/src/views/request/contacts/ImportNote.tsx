/** What the last file or paste brought, what was noticed in it, and which files were not used. */
import { useLingui } from "@lingui/react/macro";
import { Callout } from "../../../components";
import { useFormState } from "../FormProvider";
import styles from "../Whom.module.css";
import { useAddedWords } from "./added-words";

export function ImportNote() {
  const { t } = useLingui();
  const said = useAddedWords();
  const { imported, importedFrom } = useFormState();
  if (!imported) return null;
  const { added, notes, problems } = imported;
  return (
    <>
      {added > 0 || notes.length > 0 ? (
        <div className={styles.imported} data-testid="import-note">
          {added > 0 ? <p>{said(imported, importedFrom)}</p> : null}
          {notes.length > 0 ? (
            <ul className={styles.notes}>
              {notes.map((note) => (
                <li key={`${note.name} ${note.message}`}>
                  {note.name}: {note.message}
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      ) : null}
      {problems.length > 0 ? (
        <Callout tone="error" title={t`These files were not used`} testId="import-problems" alert>
          <ul>
            {problems.map((refused) => (
              <li key={`${refused.name} ${refused.message}`}>
                <strong>{refused.name}</strong>: {refused.message}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
}
