/**
 * Single-key shortcuts. They do nothing while the reader types, and can be switched off (WCAG 2.2,
 * 2.1.4).
 */

const KEY = 'sayso.keys';

class Keys {
  on = $state(localStorage.getItem(KEY) !== 'off');

  toggle(): void {
    this.on = !this.on;
    localStorage.setItem(KEY, this.on ? 'on' : 'off');
  }
}

export const keys = new Keys();

function types(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, select, textarea, [role="slider"]'))
  );
}

/** Listens while the component that calls it in an effect lives. */
export function listen(shortcuts: Record<string, (event: KeyboardEvent) => void>): () => void {
  const heard = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!keys.on || types(event.target) || document.querySelector('dialog[open]')) return;
    const action = shortcuts[event.key];
    if (!action) return;
    event.preventDefault();
    action(event);
  };
  addEventListener('keydown', heard);
  return () => {
    removeEventListener('keydown', heard);
  };
}
