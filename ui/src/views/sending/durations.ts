/** How long something takes, as people say it. */
import type { I18n } from "@lingui/core";
import { msg } from "@lingui/core/macro";

/** "about 24 s", "about 3 min", "about 2 h 5 min". */
export function aboutSeconds(seconds: number, i18n: I18n): string {
  if (seconds < 55) return i18n._(msg`about ${Math.max(1, Math.round(seconds))} s`);
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return i18n._(msg`about ${minutes} min`);
  const hours = i18n.number(Math.floor(minutes / 60));
  const rest = minutes % 60;
  return rest === 0 ? i18n._(msg`about ${hours} h`) : i18n._(msg`about ${hours} h ${rest} min`);
}
