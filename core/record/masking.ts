const letter = /\p{L}/u;
const alreadyMasked = /^\p{L}[*＊某×]+$/u;

/**
 * A natural person's name as the public sees it: the first character and one asterisk (张三 -> 张*), so that its length
 * does not show; of a name in Latin or another alphabet the first letter as a capital (John Smith -> J*). What is
 * masked already stays; a name without a letter becomes an asterisk.
 */
export function maskName(name: string): string {
  if (alreadyMasked.test(name)) return name;
  const [first = ""] = letter.exec(name) ?? [];
  return `${first.toUpperCase()}*`;
}
