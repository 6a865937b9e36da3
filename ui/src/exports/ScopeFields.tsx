/** Which requests are exported. */
import { Trans, useLingui } from "@lingui/react/macro";
import { RadioCards, TextField, type Card } from "../components";
import styles from "./Exports.module.css";
import type { ChosenScope, Offer } from "./offers";

export function ScopeFields(props: {
  offers: readonly Offer[];
  chosen: ChosenScope;
  /** Faults are shown once the officer wanted to go on. */
  asked: boolean;
}) {
  const { offers, chosen, asked } = props;
  const { t } = useLingui();
  const cards: Card<ChosenScope["kind"]>[] = [
    ...offers.map(({ scope, title, text }) => ({ value: scope.kind, title, text })),
    { value: "period", title: t`A period`, text: t`All requests made from one day to another` },
  ];
  const fault = asked ? chosen.fault : null;
  const noDay = t`Give a day as year-month-day, such as 2026-11-25`;
  return (
    <>
      <h3 className={styles.title}>
        <Trans>Which requests</Trans>
      </h3>
      <RadioCards
        path="scope"
        label={t`Which requests`}
        value={chosen.kind}
        onChange={chosen.choose}
        cards={cards}
      />
      {chosen.kind === "period" ? (
        <div className={styles.days}>
          <TextField
            path="period-from"
            label={t`From`}
            type="date"
            size={12}
            placeholder="2026-11-01"
            value={chosen.from}
            error={fault === "from" ? noDay : undefined}
            onChange={(from) => chosen.setDays({ from })}
          />
          <TextField
            path="period-to"
            label={t`To, included`}
            type="date"
            size={12}
            placeholder="2026-11-30"
            value={chosen.to}
            error={
              fault === "to"
                ? noDay
                : fault === "order"
                  ? t`This day is before the first`
                  : undefined
            }
            onChange={(to) => chosen.setDays({ to })}
          />
        </div>
      ) : null}
    </>
  );
}
