'use strict';
/* Before anything is drawn: the theme that was chosen here, or the system's. */
document.documentElement.dataset.theme = localStorage.getItem('payonce-theme')
  || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
