import { describe, expect, it } from "vitest";
import { cleanCss } from "../../src/privacy/css";
import { policyOf, type Policy } from "../../src/privacy/policy";
import { looksRandom, scrubText, secretHeader, secretNames } from "../../src/privacy/secrets";
import { scrubSrcset, scrubUrl } from "../../src/privacy/url";
import { secretStars, stars, valueStars } from "../../src/privacy/mask";
import type { Settings } from "../../src/settings/settings";

const names = secretNames();
const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N";

describe("names of secrets", () => {
  it.each(["password", "accessToken", "X-Access-Token", "csrf_token", "_csrf", "api_key", "apiKey", "JSESSIONID", "client-secret", "cardNumber", "cvv"])(
    "knows %s", (name) => expect(names(name)).toBe(true),
  );
  it.each(["name", "query", "page", "author", "design", "monkey", "keyboard", "q"])("lets %s pass", (name) => expect(names(name)).toBe(false));
  it("can be added to, and nothing can be taken away", () => {
    const more = secretNames(["patient", "voucherCode"]);
    expect(more("patient")).toBe(true);
    expect(more("voucher_code")).toBe(true);
    expect(more("password")).toBe(true);
  });
  it("knows headers that carry credentials", () => {
    const headers =
      "Authorization Proxy-Authorization Proxy-Authenticate WWW-Authenticate Cookie Set-Cookie Set-Cookie2 X-Api-Key X-CSRF-TOKEN " +
      "X-Forwarded-For X-Real-IP Forwarded X-Amz-Security-Token X-Goog-IAM-Authorization-Token";
    for (const name of headers.split(" ")) expect([name, secretHeader(name, names)]).toEqual([name, true]);
    expect(secretHeader("Accept", names)).toBe(false);
  });
});

describe("URLs", () => {
  it.each([
    ["https://a.b/c?x=1&token=abc#top", "https://a.b/c?x=1&token=***#top"],
    ["https://user:pw@a.b/", "https://a.b/"],
    ["/path;jsessionid=ABC?x=1", "/path;jsessionid=***?x=1"],
    ["/#access_token=abc&x=1", "/#access_token=***&x=1"],
    ["/#/route?password=abc", "/#/route?password=***"],
    [`/verify/${JWT}`, "/verify/***"],
    [`/?r=${JWT}`, "/?r=***"],
    ["/?k=AbCdEf0123456789AbCdEf0123", "/?k=***"],
    ["/?id=550e8400-e29b-41d4-a716-446655440000", "/?id=550e8400-e29b-41d4-a716-446655440000"],
    ["/app.css?v=AbCdEf0123456789AbCdEf0123", "/app.css?v=AbCdEf0123456789AbCdEf0123"],
    ["/?pass%77ord=abc", "/?pass%77ord=***"],
    ["/?next=https%3A%2F%2Fa.b%2F%3Ftoken%3Dabc", `/?next=${encodeURIComponent("https://a.b/?token=***")}`],
    ["/login?next=/reset?token=abc", `/login?next=${encodeURIComponent("/reset?token=***")}`],
    ["/login?next=%2Freset%3Ftoken%3Dabc", `/login?next=${encodeURIComponent("/reset?token=***")}`],
    ["/?to=//me:pw@a.b/", `/?to=${encodeURIComponent("//a.b/")}`],
    ["/?q=what?&p=a@b#c", "/?q=what?&p=a@b#c"],
    ["https://me:p@w@a.b/", "https://a.b/"],
    ["/#/customers/12345/orders/2024-11", "/#/customers/12345/orders/2024-11"],
    ["/#/reset/AbCdEf0123456789AbCdEf0123/now", "/#/reset/***/now"],
    ["javascript:steal('x')", "javascript:void 0"],
    ["/plain?q=shoes&page=2", "/plain?q=shoes&page=2"],
  ])("%s becomes %s", (from, to) => expect(scrubUrl(from, names)).toBe(to));

  it("lose every value when asked", () => expect(scrubUrl("/a?q=shoes&p=#x=1", names, true)).toBe("/a?q=***&p=#x=***"));
  it.each([["mailto:ann@example.test?subject=x", "mailto:***"], ["tel:+49123", "tel:***"], ["https://a.b/c", "https://a.b/c"], ["data:,x", "data:,x"]])(
    "that are no places, like %s, are asked for without all, too", (from, to) => expect(scrubUrl(from, names, true)).toBe(to),
  );
  it("of pages lose what no person wrote of their path, those of files do not", () => {
    const { url } = policyOf({ privacy: "inputs", scrubParameters: [], maskSelectors: [], blockSelectors: [], ignoreSelectors: [], complaint: null } as unknown as Settings);
    const token = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    expect(url(`https://a.b/reset/${token}`)).toBe("https://a.b/reset/***");
    expect(url(`https://a.b/reset/${token}/?x=1`)).toBe("https://a.b/reset/***/?x=1");
    for (const same of [`https://a.b/${token}/app.js`, `https://a.b/app.${token}.js:1:2`, "https://a.b/orders/550e8400-e29b-41d4-a716-446655440000"]) expect(url(same)).toBe(same);
  });
  it("are cut when endless", () => expect(scrubUrl(`/${"a".repeat(9000)}`, names).length).toBeLessThan(4100));
  it("are found in srcset", () => expect(scrubSrcset("/a?token=1 1x, /b 2x", names, false)).toBe("/a?token=*** 1x, /b 2x"));
});

describe("text", () => {
  it.each([
    ["Authorization: Bearer abcdef123456", "Authorization: ***"],
    [`got ${JWT} here`, "got *** here"],
    [`of-${JWT}.`, "of-***."],
    ['{"password":"a b c","name":"x"}', '{"password":***,"name":"x"}'],
    ["token=abc&x=1", "token=***&x=1"],
    ['{\\"password\\":\\"a b c\\",\\"name\\":1}', ""],
    ['{"password":"x\\"a b c","name":"x"}', ""],
    ["failed\\npassword=token=abc", ""],
    ["Authorization: Token abcdef123456\nHost: h", ""],
    ["Cookie: x=1; y=abcdef123456", ""],
    ["https://me:abcdef123456@h/ https:\\/\\/me:abcdef123456@h/", ""],
    ["login failed: password=token=abc", ""],
  ])("%s loses its secret", (from) => {
    const clean = scrubText(from, names);
    for (const secret of ["abcdef123456", "eyJ", "a b c", "token=abc"]) expect(clean).not.toContain(secret);
  });
  // were each of them read to the end, this would take hours
  it.each(["eyJ", "-eyJ", "eyJhbGciOi.", "eyJhbGciOiJI.abcd.", "bearer ", "a: ", 'token="', "; a", 'token=\\"', "\\\\", "cookie:", "//"])("is read once where %j never ends", (piece) => {
    expect(scrubText(piece.repeat(1_000_000 / piece.length), names)).not.toBe("");
  });
  it.each(["-", "--a:", "url(", "content:", 'url("', 'content:"', '\\'])("of a style sheet too, %j", (piece) => {
    const policy = { strict: true, secret: names } as unknown as Policy;
    expect(cleanCss(piece.repeat(200_000 / piece.length), policy)).not.toBe("");
  });
  it("stays as it is without one", () => expect(scrubText("Order 12: total = 5", names)).toBe("Order 12: total = 5"));
  it("is random only when no person would write it", () => {
    expect(looksRandom("AbCdEf0123456789AbCdEf0123")).toBe(true);
    expect(looksRandom("a-perfectly-normal-slug-of-words")).toBe(false);
    expect(looksRandom("12345678901234567890123456")).toBe(false);
  });
});

describe("masks", () => {
  it("keep white space", () => expect(stars("ab c\nd")).toBe("** *\n*"));
  it("cut long values", () => expect(valueStars("a b".repeat(50))).toHaveLength(32));
  it("say nothing of a password's length", () => {
    expect(secretStars("ab")).toBe(secretStars("abcdefghijkl"));
    expect(secretStars("")).toBe("");
  });
});
