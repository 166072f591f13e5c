/** Entry of every page: the look, htmx, the live socket and the custom elements. */
import "./styles/main.css";
