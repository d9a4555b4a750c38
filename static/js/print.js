// The page to be printed: its button opens the browser's own dialog.
document.querySelector("#print").addEventListener("click", () => print());
