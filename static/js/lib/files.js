// Files from a drop or from the clipboard.

/** The files of a DataTransfer; none when text was dragged or pasted. */
export function filesOf(transfer) {
  return [...(transfer?.files ?? [])];
}

/** Whether a drag carries files. */
export function carriesFiles(transfer) {
  return [...(transfer?.types ?? [])].includes("Files");
}

/** Gives files to a file field, as if they had been chosen there. */
export function hand(files, input) {
  const carrier = new DataTransfer();
  files.forEach((file) => carrier.items.add(file));
  input.files = carrier.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
