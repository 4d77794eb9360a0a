// What every page loads: HTMX with its dangerous parts off, and a few comforts. All pages work without it.

import { startClock } from "./clock";
import { startComforts } from "./comforts";
import { guardForms } from "./forms";
import { configureHtmx } from "./htmx";

configureHtmx();
guardForms(document);
startClock(document);
startComforts(document);
