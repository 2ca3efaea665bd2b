/** Goes to another page, as Back and Forward do: by an event to which the router listens. */
export function goTo(path: string): void {
  history.pushState(null, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}
