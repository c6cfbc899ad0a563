/** Light or dark: the system's choice until the reader makes another. */

type Choice = 'system' | 'light' | 'dark';

const KEY = 'sayso.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

function kept(): Choice {
  const found = localStorage.getItem(KEY);
  return found === 'light' || found === 'dark' ? found : 'system';
}

class Theme {
  choice = $state<Choice>(kept());
  #system = $state(system.matches);
  dark = $derived(this.choice === 'system' ? this.#system : this.choice === 'dark');

  constructor() {
    system.addEventListener('change', () => {
      this.#system = system.matches;
      this.show();
    });
    this.show();
  }

  show(): void {
    document.documentElement.dataset.theme = this.dark ? 'dark' : 'light';
  }

  toggle(): void {
    this.choice = this.dark ? 'light' : 'dark';
    localStorage.setItem(KEY, this.choice);
    this.show();
  }
}

export const theme = new Theme();
