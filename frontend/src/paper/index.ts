// Typing in papers: a digit moves on, Enter leaves a question out, Backspace in an empty field goes back. Without it, Tab does.

function start(form: HTMLFormElement): void {
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]), textarea")];
  const keep = form.querySelector<HTMLButtonElement>("button");
  const go = (from: number, by: number): void => {
    const next = fields[from + by];
    if (next) next.focus();
    else if (by > 0) keep?.focus();
    if (next instanceof HTMLInputElement) next.select();
  };
  fields.forEach((field, place) => {
    field.addEventListener("keydown", (event) => {
      if (!(event instanceof KeyboardEvent) || event.isComposing) return;
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        if (place === fields.length - 1) form.requestSubmit();
        else go(place, 1);
      }
      if (event.key === "Backspace" && field.value === "" && place > 0) {
        event.preventDefault();
        go(place, -1);
      }
    });
    if (field.dataset["digits"] === "one") {
      field.addEventListener("input", () => {
        if (/^[1-9]$/.test(field.value)) go(place, 1);
      });
    }
  });
  if (!document.querySelector(".error-summary")) fields[0]?.focus();
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-paper]")) start(form);
