package io.shardquake.harness.certify;

import io.shardquake.harness.conformance.Outcome;

/** A small picture of a certificate, for a README. */
final class Badge {
  private static final int LEFT = 118;
  private static final int RIGHT = 150;

  private Badge() {}

  /** An SVG document that needs nothing else. */
  static String render(Certificate certificate) {
    String colour =
        switch (certificate.validity()) {
          case VALID -> "#2b6cb0";
          case UNKNOWN -> "#6b7280";
          case INVALID -> "#b45309";
        };
    long applicable = certificate.promises().size() - certificate.count(Outcome.NOT_APPLICABLE);
    String result = certificate.count(Outcome.KEPT) + " of " + applicable + " promises";
    String label = "Shardquake: " + result + " kept, " + certificate.validity();
    return """
    <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="20" role="img" aria-label="%2$s">
    <title>%2$s</title>
    <rect width="%3$d" height="20" rx="3" fill="#374151"/>
    <rect x="%3$d" width="%4$d" height="20" rx="3" fill="%5$s"/>
    <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
    <text x="%6$d" y="14">redis cluster</text>
    <text x="%7$d" y="14">%8$s</text>
    </g>
    </svg>
    """
        .formatted(
            LEFT + RIGHT, label, LEFT, RIGHT, colour, LEFT / 2, LEFT + RIGHT / 2, result + " kept");
  }
}
