// A list that is moved through while the focus stays in a field (WAI-ARIA, "Combobox").

export class Listbox {
  constructor(field, list) {
    Object.assign(this, { field, list });
  }

  /** The options in sight, as the eye meets them. */
  options() {
    const shown = [...this.list.querySelectorAll("[role=option]")].filter((each) => each.checkVisibility());
    return shown.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
  }

  current() {
    return this.options().find((each) => each.ariaSelected === "true");
  }

  /** The one that many further on, round the ends. */
  move(step) {
    const all = this.options();
    const at = all.indexOf(this.current());
    this.mark(all[(Math.max(at, step < 0 ? 0 : -1) + step + all.length) % all.length]);
  }

  mark(option) {
    for (const each of this.list.querySelectorAll("[aria-selected=true]")) each.ariaSelected = "false";
    if (!option) return this.field.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    option.id ||= `option-${Math.random().toString(36).slice(2)}`;
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }
}
