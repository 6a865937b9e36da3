import { useLingui } from "@lingui/react/macro";
import type { Language } from "../api/types";
import { Select, type Choice } from "../components";
import { useExportChoices } from "./choices";

/** Each in its own words, as whoever needs one looks for it. */
const LANGUAGES: readonly (Choice & { value: Language })[] = [
  { value: "en", label: "English" },
  { value: "pt", label: "Português" },
  { value: "es", label: "Español" },
  { value: "fr", label: "Français" },
];

export function LanguageField() {
  const { t } = useLingui();
  const [{ language }, change] = useExportChoices();
  return (
    <Select
      path="language"
      label={t`Language of the PDF`}
      value={language}
      choices={LANGUAGES}
      onChange={(wanted) => {
        const found = LANGUAGES.find(({ value }) => value === wanted);
        if (found) change({ language: found.value });
      }}
    />
  );
}
