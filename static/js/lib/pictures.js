// A pasted picture: it goes to the server with the draft, and stands in the text once it is there.

/** Uploads `file` for this form and puts it where one writes; says below the text when that fails. */
export async function place(form, file) {
  const given = new FormData(form);
  given.delete("files");
  given.set("picture", file);
  const state = form.querySelector(".draft-state");
  try {
    const response = await fetch(form.dataset.pictures, { method: "POST", body: given, redirect: "error" });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    const picture = Object.assign(document.createElement("img"), { alt: answer.name });
    picture.setAttribute("src", answer.address);
    form.querySelector("rich-text").insert(picture);
  } catch (trouble) {
    state.textContent = trouble instanceof TypeError || trouble instanceof SyntaxError ? state.dataset.failed : trouble.message;
  }
}
