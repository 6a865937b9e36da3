import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import type { SubjectView } from "../../api/types";
import { Button, ProblemCallout, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import { useRequestChanged } from "./pages";
import styles from "./Detail.module.css";

export interface PersonProps {
  request: string;
  subject: SubjectView;
  /** A window opened in which this person answers. */
  onOpened: () => void;
}

export function Person({ request, subject, onOpened }: PersonProps) {
  const { index, contact, link, hasCode } = subject;
  const platform = usePlatform();
  const announce = useAnnounce();
  const changed = useRequestChanged();
  const { t } = useLingui();
  const name = `subject-${index}`;

  const copy = useMutation({
    mutationFn: () => platform.copyLink(request, index),
    onSuccess: () => announce(t`Copied: the link of ${contact}`),
  });
  const open = useMutation({ mutationFn: () => platform.openLink(request, index) });
  const session = useMutation({
    mutationFn: () => platform.openSession(request, index),
    onSuccess: () => {
      announce(t`A window opened for ${contact}.`);
      changed(request);
      onOpened();
    },
  });
  const reveal = useMutation({
    // Not kept longer than it is shown.
    gcTime: 0,
    mutationFn: () => platform.revealCode(request, index),
    onSuccess: (code) => {
      announce(t`Code of ${contact}: ${code}`);
      changed(request);
    },
  });
  const code = reveal.data;
  const thrown = copy.error ?? session.error ?? open.error ?? reveal.error;

  return (
    <li className={styles.person} data-testid={name}>
      <span className={styles.contact}>{contact}</span>
      {link ? (
        <span className={styles.link}>{link}</span>
      ) : (
        <span className={styles.soft}>
          <Trans>No link was given.</Trans>
        </span>
      )}
      <span className={styles.personActions}>
        {link ? (
          <>
            <Button
              testId={`${name}-copy`}
              aria-label={
                copy.isSuccess ? t`Copied: link of ${contact}` : t`Copy link of ${contact}`
              }
              onPress={() => copy.mutate()}
            >
              {copy.isSuccess ? <Trans>✓ Copied</Trans> : <Trans>Copy link</Trans>}
            </Button>
            <Button
              testId={`${name}-session`}
              aria-label={t`Open here: link of ${contact}`}
              isPending={session.isPending}
              onPress={() => session.mutate()}
            >
              <Trans>Open here</Trans>
            </Button>
            <Button
              testId={`${name}-open`}
              aria-label={t`Open in browser: link of ${contact}`}
              onPress={() => open.mutate()}
            >
              <Trans>Open in browser</Trans>
            </Button>
          </>
        ) : null}
        {hasCode ? (
          <Button
            testId={`${name}-code`}
            aria-label={code ? t`Hide code of ${contact}` : t`Show code of ${contact}`}
            aria-expanded={Boolean(code)}
            onPress={() => (code ? reveal.reset() : reveal.mutate())}
          >
            {code ? <Trans>Hide code</Trans> : <Trans>Show code</Trans>}
          </Button>
        ) : null}
        {code ? (
          <code className={styles.code} data-testid={`${name}-code-value`}>
            {code}
          </code>
        ) : null}
      </span>
      {thrown ? <ProblemCallout problem={asProblem(thrown)} /> : null}
    </li>
  );
}
