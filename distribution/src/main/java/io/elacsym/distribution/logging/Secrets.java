package io.elacsym.distribution.logging;

import io.elacsym.api.Option;
import java.util.regex.Pattern;

/**
 * Takes out of the log what opens doors: libraries log the headers of requests when they are asked
 * for much, and addresses may have a user and a password in them.
 */
final class Secrets {
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-amz-security-token)\\b"
              + "(\"?\\s*[:=]\\s*)[^\\r\\n]+");

  /** The same in the address of a request that was signed beforehand. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)\\b(x-amz-(?:signature|credential|security-token)=)[^&\\s\"']+");

  private Secrets() {}

  static String hidden(String text) {
    String rest = HEADER.matcher(text).replaceAll("$1$2(hidden)");
    return PARAMETER.matcher(Option.withoutUserInfo(rest)).replaceAll("$1(hidden)");
  }
}
