/** Tries a payload against every saved profile. Nothing of it is stored. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Traces } from "../../answers/Traces";
import { asProblem } from "../../api/problems";
import { Button, goToControl, ProblemCallout, TextArea, useAnnounce } from "../../components";
import { usePlatform } from "../../platform";
import styles from "./Settings.module.css";

export function TryPayload() {
  const platform = usePlatform();
  const announce = useAnnounce();
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [blank, setBlank] = useState(false);
  const follow = useMutation({
    mutationFn: () => platform.tryPayload(text),
    onSuccess: (traces) => {
      const opens = traces.find(({ opened }) => opened);
      announce(opens ? t`${opens.profile} opens it.` : t`No profile opens it.`);
    },
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setBlank(text.trim() === "");
        if (text.trim() === "") goToControl("tryPayload");
        else follow.mutate();
      }}
    >
      <TextArea
        path="tryPayload"
        label={t`Try a payload`}
        hint={t`Shows how far each saved profile comes with it. Nothing is stored.`}
        code
        rows={4}
        value={text}
        error={blank ? t`Paste a payload first` : undefined}
        onChange={(to) => {
          setText(to);
          setBlank(false);
          follow.reset();
        }}
      />
      <div className={styles.buttons}>
        <Button type="submit" testId="try-payload" isPending={follow.isPending}>
          <Trans>Try it</Trans>
        </Button>
      </div>
      {follow.isError ? <ProblemCallout problem={asProblem(follow.error)} /> : null}
      {follow.data && follow.data.length === 0 ? (
        <p data-testid="try-nothing">
          <Trans>No profile could begin with it: it is no JSON object.</Trans>
        </p>
      ) : null}
      {follow.data && follow.data.length > 0 ? <Traces traces={follow.data} /> : null}
    </form>
  );
}
