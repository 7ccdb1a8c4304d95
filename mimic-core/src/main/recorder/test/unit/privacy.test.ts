import { describe, expect, it } from "vitest";
import { cleanCss } from "../../src/privacy/css";
import type { Policy } from "../../src/privacy/policy";
import { looksRandom, scrubText, secretHeader, secretNames } from "../../src/privacy/secrets";
import { scrubSrcset, scrubUrl } from "../../src/privacy/url";
import { secretStars, stars, valueStars } from "../../src/privacy/mask";

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
    ["javascript:steal('x')", "javascript:void 0"],
    ["/plain?q=shoes&page=2", "/plain?q=shoes&page=2"],
  ])("%s becomes %s", (from, to) => expect(scrubUrl(from, names)).toBe(to));

  it("lose every value when asked", () => expect(scrubUrl("/a?q=shoes&p=#x=1", names, true)).toBe("/a?q=***&p=#x=***"));
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
    ["login failed: password=token=abc", ""],
  ])("%s loses its secret", (from) => {
    const clean = scrubText(from, names);
    for (const secret of ["abcdef123456", "eyJ", "a b c", "token=abc"]) expect(clean).not.toContain(secret);
  });
  // were each of them read to the end, this would take hours
  it.each(["eyJ", "-eyJ", "eyJhbGciOi.", "eyJhbGciOiJI.abcd.", "bearer ", "a: ", 'token="', "; a"])("is read once where %j never ends", (piece) => {
    expect(scrubText(piece.repeat(1_000_000 / piece.length), names)).not.toBe("");
  });
  it.each(["-", "--a:", "url(", "content:"])("of a style sheet too, %j", (piece) => {
    const policy = { strict: true, url: (url: string) => url } as Policy;
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
