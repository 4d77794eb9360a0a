// CodeMirror writes its rules into <style>, which our content security policy forbids. Constructed sheets are allowed.

import { StyleModule } from "style-mod";

/** Make every style module go into one constructed sheet of the document. Call it before the first editor is made. */
export function useConstructedSheets(): void {
  const sheet = new CSSStyleSheet();
  const mounted: StyleModule[] = [];
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  StyleModule.mount = (_root, modules) => {
    const fresh = (Array.isArray(modules) ? modules : [modules]).filter((module) => !mounted.includes(module));
    if (fresh.length === 0) return;
    mounted.push(...fresh);
    sheet.replaceSync(mounted.map((module) => module.getRules()).join("\n"));
  };
}
