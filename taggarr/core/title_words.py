"""What track titles say about a track's part: the words that discs, streaming services and muxers write.

One phrase per comma. Titles and phrases are compared without case and accents, as whole words; scripts that
put no spaces between words are compared letter by letter.
"""

COMMENTARY = """
commentary, commentaries, audiocommentary,
kommentar, kommentare, audiokommentar, audiokommentare, regiekommentar, filmkommentar, kommentarspur,
commentaire, commentaires, piste de commentaires, comentario, comentarios, audiocomentario, comentaristas,
comentário, comentários, comentari, comentaris, commento, commenti, audiocommento,
commentaar, audiocommentaar, commentaarspoor, kommentarer, kommentarspor, kommentarspår, kommentaari,
kommenttiraita, kommentit, komentarz, komentarze, komentarzem, komentář, komentáře, komentářem,
komentár, komentáre, komentárom, komentar, komentari, komentarji, kommentár, audiokommentár, rendezői kommentár,
comentariu, comentarii, yorum, yorumlu, yönetmen yorumu, sesli yorum, bình luận,
комментарий, комментарии, комментариями, комментарием, аудиокомментарий, аудиокомментарии,
коментар, коментарі, коментарями, коментари, σχόλια, σχολιασμός,
コメンタリー, オーディオコメンタリー, 音声コメンタリー, 评论音轨, 評論音軌, 导演评论, 導演評論, 评论, 評論,
코멘터리, 음성해설, 음성 해설
"""
"""Source: menus of DVDs and Blu-rays, and MakeMKV's and HandBrake's default names, in the languages they are sold in."""

DESCRIPTION = """
audio description, audio descriptions, audio desc, audio descriptive, audio described, audiodescription, audiodescribed,
descriptive, descriptive audio, descriptive video, descriptive video service, described, described video, dvs,
visually impaired, visual impaired, vision impaired, for the blind, blind narration,
hörfilm, hörfilmfassung, audiodeskription, bildbeschreibung, für sehbehinderte, sehbehinderte, für blinde,
audiodécrit, audiodécrite, audiovision, malvoyants, pour aveugles, déficients visuels,
audiodescripción, audiodescrito, para ciegos, audiodescrição, áudio descrição, audiodescripció,
audiodescrizione, audiodescritto, per non vedenti, audiodescriptie, audiobeschrijving, blindenspoor,
syntolkning, syntolkad, syntolkat, synstolkning, synstolket, synstolkad, kuvailutulkkaus, sjónlýsing,
audiodeskrypcja, audiodeskrypcją, dla niewidomych, audiopopis, zvukový popis, pro nevidomé, pre nevidiacich,
audionarráció, narráció látássérülteknek, audiodescriere, audio deskripcija, zvočni opis,
sesli betimleme, ακουστική περιγραφή, תיאור קולי, וصف صوتي, وصف صوتي,
тифлокомментарий, тифлокомментарии, тифлокомментариями, тифлоперевод, аудиодескрипция,
тифлокоментар, аудіодескрипція, аудиоописание,
音声ガイド, 音声解説, 解説放送, 視覚障害者, 口述影像, 视障, 視障, 화면해설, 화면 해설
"""
"""Source: broadcasters' and streaming services' names of the track (ITU-R, RNIB, ARD, CNC, ONCE, SVT, YLE, TVP, NHK, EBS)."""

MUSIC = """
m & e, m and e, music & effects, music & fx, music and effects, music & sound effects, music and sound effects,
music effects, effects only, sound effects only, music only, score only, isolated score, isolated music,
isolated music score, isolated film score, isolated soundtrack, isolated effects, isolated audio,
musik & effekte, musik und effekte, nur musik, isolierte filmmusik, isolierter score, isolierte musik,
musique & effets, musique et effets, musique seule, musique isolée, bande musique,
música & efectos, música y efectos, solo música, música aislada, banda sonora aislada, pista musical aislada,
música & efeitos, música e efeitos, trilha sonora isolada, música isolada,
musica & effetti, musica ed effetti, musica e effetti, colonna sonora isolata, solo musica,
muziek & effecten, muziek en effecten, musik och effekter, musikk og effekter, muzyka i efekty,
музыка & эффекты, музыка и эффекты, только музыка, изолированная музыка, 音楽のみ, 音乐与音效, 純音樂, 纯音乐
"""
"""Source: covers of discs (isolated scores), and what dubbing studios call the "international" track that they get."""

NO_ROLE = """
no commentary, non commentary, without commentary, commentary free, no commentaries, ohne kommentar,
ohne audiokommentar, sans commentaire, sans commentaires, sin comentarios, sin comentario, sem comentários,
senza commento, без комментариев, no audio description, without audio description, non descriptive,
ohne audiodeskription, sans audiodescription, sin audiodescripción, sem audiodescrição,
no audio, no dub, no sub, no subs
"""
"""The words above, said of what the track is not. Source: release names."""

DESCRIPTION_CODE = "ad"
"""Audio description; counts where a code counts. "AD Astra" is a film. Source: broadcasters' programme guides."""

FILLERS = """
&, and, audio, channel, channels, default, dub, dubbed, dubbing, dual, forced, full, hd, hq, lang, language, main,
org, original, sound, soundtrack, sub, subs, synchro, theatrical, track, uncut, version, voice
"""
"""What may stand in brackets beside a code without making it an ordinary word. Source: release names."""

ARTICLE = "the"
"""What makes the name behind it that of something else: "The Italian Job" is no language. Source: English usage."""

CODEC = r"""
(?<![^\W_])
(?:
    (?:
        dts (?:[-.:]?es | [-.:\ ]?(?:hd|x|express|core|lbr))? (?:[-.:\ ]?(?:ma|master[-.\ ]audio|hra?|high[-.\ ]res(?:olution)?))?
      | dolby (?:[-.\ ]?(?:digital|surround|atmos|true-?hd|stereo|mono|pro[-.\ ]?logic|plus|ex|sr|audio|ii))* \+?
      | true-?hd | atmos | e-?ac-?3 (?:[-.\ ]joc)? | ac-?[34] | dd (?:p|\+|[-.\ ]?ex|[-.\ ]plus)?
      | (?:x?he-?|lc[-.\ ]?)? aac (?:-?(?:he|lc|ld|eld|main))? (?:-?v2)?
      | flac | alac | l?pcm | opus | vorbis | ogg | mp[123] | mp4a | wma(?:[-.\ ]?pro)? | wav | amr | mlp | auro(?:-?3d)? | mpeg
    )
    (?:[-.\ ]?\d{1,2}\.\d(?:\.\d)?)?
  | mono | stereo | surround (?:[-.\ ]sound)? | binaural | quad
  | \d{1,2}\.\d (?:\.\d)? (?:[-.\ ]?(?:ch|channels?))?
  | \d{1,2} [-.\ ]?(?:ch|channels?|kanale?|canales|canaux|canali|canais)
)
(?![^\W_])
"""
"""Codec names and channel counts. Spelt with care: the `HR` of DTS-HD, the `HE` of AAC and the `ES` of DTS are
languages elsewhere. Source: MediaInfo, MakeMKV, and release names."""
