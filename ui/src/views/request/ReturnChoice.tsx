/** Where people go when they are done: nowhere, to a web page, or back to this app. */
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../../api/problems";
import { KEYS } from "../../api/queries";
import type { Form, ReturnTo } from "../../api/types";
import { Callout, ProblemCallout, RadioCards, type Card } from "../../components";
import { usePlatform } from "../../platform";
import { BoundText } from "./bound";
import { useFormStore } from "./FormProvider";
import styles from "./RequestView.module.css";
import { useIssue } from "./visible-issues";

export function ReturnChoice({ form }: { form: Form }) {
  const { t } = useLingui();
  const store = useFormStore();
  const { returnTo, draft } = form;
  const cards: Card<ReturnTo>[] = [
    { value: "none", title: t`Nowhere`, text: t`People stay with Humanos` },
    { value: "web", title: t`A web page`, text: t`People go to an address of yours` },
    { value: "app", title: t`Back to this app`, text: t`For people who sit here with you` },
  ];
  return (
    <>
      <div className={styles.group}>
        <p className={styles.legendLine}>
          <Trans>Afterwards, people go to</Trans>
        </p>
        <RadioCards
          path="returnTo"
          label={t`Where people go afterwards`}
          value={returnTo}
          error={useIssue("returnTo")}
          cards={cards}
          onChange={(to) => store.changeForm("returnTo", (now) => ({ ...now, returnTo: to }))}
        />
      </div>
      {returnTo === "web" ? (
        <BoundText
          path="redirectUrl"
          label={t`Address of the web page`}
          wire="redirectUrl"
          hint={t`A web address, such as https://example.com/done`}
          value={draft.redirectUrl}
          set={(now, redirectUrl) => ({ ...now, redirectUrl })}
        />
      ) : null}
      {returnTo === "app" ? <BackToThisApp /> : null}
    </>
  );
}

function BackToThisApp() {
  const { t } = useLingui();
  const platform = usePlatform();
  const way = useQuery({
    queryKey: KEYS.returnWay,
    queryFn: () => platform.returnWay(),
    // A way may open or close while the app runs.
    refetchOnMount: "always",
  });
  if (way.isError) return <ProblemCallout problem={asProblem(way.error)} />;
  if (way.data?.kind === "unavailable") {
    return (
      <Callout tone="warning" testId="return-note" title={t`Nobody can come back to this app now.`}>
        <p>
          <Trans>
            Another program may use what the app listens on. Restart Countersign, or choose a web
            page or nowhere.
          </Trans>
        </p>
      </Callout>
    );
  }
  return (
    <Callout tone="neutral" testId="return-note">
      <ul>
        {way.data ? (
          <li>
            <Trans>
              Each request gets an address of its own: <code>{way.data.address}</code>
            </Trans>
          </li>
        ) : null}
        <li>
          <Trans>
            It leads here only on this computer: the person must answer on it, for example sitting
            with you.
          </Trans>
        </li>
        <li>
          <Trans>
            That somebody came back is only a hint. The app then asks Humanos how the request
            stands.
          </Trans>
        </li>
        <li>
          <Trans>
            Humanos does not document which addresses it accepts. If it refuses this one, choose a
            web page.
          </Trans>
        </li>
      </ul>
    </Callout>
  );
}
