/** The script of every page: theme, search on demand, copy buttons, place. Without it everything can still be read. */

import { markActiveSection } from "./contents";
import { addCopyButtons } from "./copy-code";
import { rememberReading } from "./reading";
import { enableSearch } from "./search-opener";
import { enableThemeToggle } from "./theme";

enableThemeToggle();
enableSearch();
addCopyButtons();
markActiveSection();
rememberReading();
