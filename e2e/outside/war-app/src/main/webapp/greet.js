document.getElementById('greet').addEventListener('click', () => {
  const greeted = document.getElementById('greeting');
  greeted.textContent = `Clicked ${greeted.dataset.times = Number(greeted.dataset.times ?? 0) + 1} times`;
});
