package io.shardquake.reports;

/** Text that others chose, as it may stand in an HTML page. */
public final class HtmlText {
  private HtmlText() {}

  /**
   * The text on one line with its unseen characters made visible, and everything escaped that means
   * something in the content of an element or in a quoted attribute.
   */
  public static String of(String text) {
    return VisibleText.of(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
