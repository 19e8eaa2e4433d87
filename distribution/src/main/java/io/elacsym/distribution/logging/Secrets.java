package io.elacsym.distribution.logging;

import io.elacsym.api.Option;
import java.util.regex.Pattern;

/**
 * Hides secrets in lines of the log. Libraries log the headers of requests when the level is low
 * enough, and addresses may contain a user and a password.
 */
final class Secrets {
  private static final Pattern HEADER =
      Pattern.compile(
          "(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key|x-amz-security-token)\\b"
              + "(\"?\\s*[:=]\\s*)[^\\r\\n]+");

  /** Secrets in the address of a request that was signed beforehand. */
  private static final Pattern PARAMETER =
      Pattern.compile("(?i)\\b(x-amz-(?:signature|credential|security-token)=)[^&\\s\"']+");

  private Secrets() {}

  static String hidden(String text) {
    String rest = HEADER.matcher(text).replaceAll("$1$2(hidden)");
    return PARAMETER.matcher(Option.withoutUserInfo(rest)).replaceAll("$1(hidden)");
  }
}
