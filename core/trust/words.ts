/**
 * The words for a byte, by which people compare fingerprints over the telephone. Changing one changes every fingerprint that was ever read out.
 */

/** From the BIP-39 list: no two begin with the same four letters, none sounds like another word, and four letters at least have to change to make one another. */
export const english: readonly string[] = `
  ability above account acid across adapt airport album already anchor animal antenna antique arrange artefact artist
  athlete auction avocado badge balance balcony bamboo beauty become bench benefit bicycle biology bless border bottom
  bracket brain breeze broccoli buffalo bulb business cabbage cactus camera cancel ceiling century chalk champion chapter
  cherry cinnamon citizen civil clever client coconut coffee column combine cream crucial cupboard daughter december decorate
  delay diagram diamond dice digital document dolphin donor double dynamic economy educate effort electric elephant elevator
  embark emerge engine enjoy enough envelope episode equal essence eternal ethics example exchange exercise faculty faith
  fashion favorite february feel festival figure filter first fitness flame follow fortune forward fossil frequent frozen
  funny furnace gallery garlic garment gentle giraffe gravity guard happy hedgehog height hidden history hockey holiday
  horn hospital hundred identify immense impact improve increase industry inherit issue jeans journey kangaroo kingdom knock
  language laptop laundry legend leopard liberty liquid lobster lumber machine magnet matrix meadow measure mechanic memory
  midnight million minimum modify mosquito mountain muffin multiply museum mushroom napkin narrow network neutral nothing object
  observe obvious occur october olympic opinion outdoor output outside oxygen parade pattern pelican pepper permit physical
  picnic pioneer pizza plastic plunge popular predict prepare pretty priority pudding purchase quantum rebuild recall receive
  region rhythm ripple robust scheme scissors scorpion script security seminar service setup shield shoulder situate smooth
  solution spatial squirrel stadium staff stereo strategy subway success sunset surprise system tackle thrive together tomato
  tomorrow topic traffic transfer trigger trumpet umbrella uncover unfold universe unusual vehicle velvet vibrant village whisper
`
  .trim()
  .split(/\s+/);

/** Frequent characters of the BIP-39 list, no two of which are read alike, whatever the tone. */
export const chinese: readonly string[] = Array.from(
  `
  的一在不有和人这中大为上个我要他来用生地出分对成会主年同工能下子说产面方后多学法所民十三之家里如水高二小两当点从本去好开然外天四
  日那社平全表关内正心反你明看比向条月军很最题五果料文总品特长老头边路少山见别手根农几九强决西干先则南给色光门北热七海口东金增交六
  改更单风切白花带安身车真万每走斗八才科张马节米空元土许群拉林算音书容连矿千青列团太准选写毛亲快江王层片却专京包火调满参红听铁苏配
  女黄推谈举英木轮破排言叶鱼波爱左早足某黑修春汉杂飞抗考古跑站草阿环双超让州找否冷陈仍混短皮村云若普扩茶脱龙父沙刚盾宁读班兰乐顺松
`.replace(/\s/g, ""),
);
