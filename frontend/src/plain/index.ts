// A pad as a plain text field, for old phones and for text readers: the same text, the same rules, no CodeMirror.

import { say } from "../app/say";
import { element } from "../pad/page";
import { mountAll, switchTo, type Stage, type Surface } from "../pad/session";
import { Field } from "./field";

mountAll(makeSurface);

function makeSurface(stage: Stage): Surface {
  const { page, text, announcer } = stage;
  const area = document.createElement("textarea");
  area.className = "pad-plain";
  area.dir = "auto"; // notes are in any language
  area.setAttribute("aria-label", stage.label);
  area.readOnly = true;
  page.sheet.append(area);
  const field = new Field(area, text, stage.warn);
  area.addEventListener("compositionstart", () => stage.link().hold(true));
  area.addEventListener("compositionend", () => setTimeout(() => stage.link().hold(false)));
  const preview = element("button", "pad-tool", say("Preview"));
  preview.addEventListener("click", () => {
    stage.preview.toggle();
    preview.setAttribute("aria-pressed", String(stage.preview.isOpen));
  });
  preview.setAttribute("aria-pressed", String(stage.preview.isOpen));
  const full = element("button", "pad-tool", say("Full editor"));
  full.addEventListener("click", () => switchTo(false));
  for (const button of [preview, full]) button.setAttribute("type", "button");
  page.tools.replaceChildren(preview, full);
  let writable = false;
  return {
    setWritable: (on) => {
      if (on !== writable) announcer.say(on ? say("You can write now.") : say("You can read now, not write."));
      writable = on;
      area.readOnly = !on;
      field.show();
    },
    present: () => undefined,
    looks: () => undefined,
    greeted: () => undefined,
    levelled: () => undefined,
    votes: () => undefined,
    focus: () => area.focus(),
    follower: null,
  };
}
