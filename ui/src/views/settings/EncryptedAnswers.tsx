/** How encrypted answers are opened: profiles that come with the app, one's own, and a way to try them. */
import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { ProfileView } from "../../api/types";
import { Badge, Loading, ProblemCallout, Section } from "../../components";
import { usePlatform } from "../../platform";
import { ProfilesForm } from "./ProfilesForm";
import { TryPayload } from "./TryPayload";
import styles from "./Settings.module.css";

export function EncryptedAnswers() {
  const platform = usePlatform();
  const profiles = useQuery({ queryKey: KEYS.profiles, queryFn: () => platform.profiles() });
  return (
    <Section
      title={<Trans>Encrypted answers</Trans>}
      testId="encrypted-answers"
      hint={
        <Trans>
          Humanos does not document how it encrypts the answers of a page opened here. A profile
          says how; each is tried until one opens an answer.
        </Trans>
      }
    >
      {profiles.isPending ? <Loading /> : null}
      {profiles.isError ? <ProblemCallout problem={asProblem(profiles.error)} /> : null}
      {profiles.data ? (
        <>
          {profiles.data.own.length > 0 ? (
            <>
              <h3 id="own-profiles">
                <Trans>Your own, tried first</Trans>
              </h3>
              <Profiles profiles={profiles.data.own} label="own-profiles" />
            </>
          ) : null}
          <h3 id="built-in-profiles">
            <Trans>Built in: guesses that nobody has confirmed</Trans>
          </h3>
          <Profiles profiles={profiles.data.builtIn} label="built-in-profiles" />
          <ProfilesForm saved={profiles.data.text} />
          <TryPayload />
        </>
      ) : null}
    </Section>
  );
}

function Profiles({ profiles, label }: { profiles: readonly ProfileView[]; label: string }) {
  return (
    <ul className={styles.profiles} aria-labelledby={label} data-testid={label}>
      {profiles.map(({ name, note, confirmed }, at) => (
        // A file may name two alike.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at} className={styles.profile}>
          <code>{name}</code>
          <Badge tone={confirmed ? "good" : "warning"}>
            {confirmed ? <Trans>confirmed</Trans> : <Trans>unconfirmed</Trans>}
          </Badge>
          {note ? <span className={styles.soft}>{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}
