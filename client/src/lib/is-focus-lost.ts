/** Whether nothing on the page has the focus. In a dialog that keeps it, the dialog has it then. */
export function isFocusLost(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body || activeElement.tagName === 'DIALOG'
}
