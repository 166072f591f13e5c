/** Entry of every page: the look, htmx, the live socket and the custom elements. */
import "./brand/icon.svg";
import "./styles/tabler.scss";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/bar.css";
import "./styles/components.css";
import "./styles/forms.css";
import "./styles/coalition.css";
import "./styles/record.css";
import "./styles/text.css";
import "./styles/print.css";
