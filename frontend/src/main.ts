/** Entry of every page: the look, htmx, the live socket and the custom elements. */
import "./brand/icon.svg";
import "./styles/tabler.scss";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/bar.css";
import "./styles/components.css";
import "./styles/home.css";
import "./styles/forms.css";
import "./styles/coalition.css";
import "./styles/record.css";
import "./styles/text.css";
import "./styles/texts.css";
import "./styles/brackets.css";
import "./styles/agreed.css";
import "./styles/files.css";
import "./styles/silence.css";
import "./styles/versions.css";
import "./styles/side.css";
import "./styles/agreement.css";
import "./styles/proposals.css";
import "./styles/situation.css";
import "./styles/plan.css";
import "./styles/filters.css";
import "./styles/commit.css";
import "./styles/tables.css";
import "./styles/pressure.css";
import "./styles/matrix.css";
import "./styles/positions.css";
import "./styles/incidents.css";
import "./styles/incident-map.css";
import "./styles/incident-calendar.css";
import "./styles/report-form.css";
import "./styles/pictures.css";
import "./styles/print.css";
import "./elements/confirm-dialog";
import "./elements/copy-button";
import "./elements/count-down";
import "./elements/count-up";
import "./elements/data-chart";
import "./elements/export-form";
import "./elements/fold-menu";
import "./elements/live-status";
import "./elements/local-time";
import "./elements/paragraph-rows";
import "./elements/side-card";
import "./elements/theme-switch";
import "./elements/thread-dialog";
import "./elements/toast-list";
import htmx from "htmx.org";
import { fetchAfterText } from "./after-text";
import { Live, topicsOfPage } from "./live";
import { reportPasskeyFailures } from "./passkeys";
import { setUpRequests } from "./requests";
import { Signals } from "./signals";

const signals = new Signals();
setUpRequests(htmx.config, signals);
reportPasskeyFailures();
fetchAfterText();
if (topicsOfPage().length > 0) {
  const live = new Live(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/`, signals.tell);
  live.start();
  document.body.addEventListener("htmx:afterSettle", () => {
    live.follow();
  });
}
// htmx has taken the forms over by now: what asks a question first may be pressed
document.addEventListener("DOMContentLoaded", () => {
  document.documentElement.dataset["ready"] = "";
});
