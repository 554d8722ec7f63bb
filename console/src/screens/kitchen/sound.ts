/** A short tone for a new ticket, made here: no file, and nothing before somebody switched it on. */
const KEPT_AS = 'comptoir.kitchen-sound';
const TONE_HZ = 880;
const TONE_SECONDS = 0.18;

export function isSoundOn(): boolean {
  return localStorage.getItem(KEPT_AS) === 'on';
}

export function keepSound(isOn: boolean): void {
  localStorage.setItem(KEPT_AS, isOn ? 'on' : 'off');
}

export function playTone(): void {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = TONE_HZ;
  volume.gain.setValueAtTime(0.2, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + TONE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + TONE_SECONDS);
  tone.addEventListener('ended', () => void context.close());
}
