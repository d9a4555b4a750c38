// Files from a drop or from the clipboard.

/** The files of a DataTransfer; none when text was dragged or pasted. */
export function filesOf(transfer) {
  return [...(transfer?.files ?? [])];
}

/** Whether a drag carries files. */
export function carriesFiles(transfer) {
  return [...(transfer?.types ?? [])].includes("Files");
}
