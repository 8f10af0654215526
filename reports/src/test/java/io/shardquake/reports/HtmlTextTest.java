package io.shardquake.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTextTest {
  @Test
  void nothingOfATextIsTakenForMarkup() {
    assertThat(HtmlText.of("<b onclick='x' title=\"y\">&amp;</b>"))
        .isEqualTo("&lt;b onclick=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;&lt;/b&gt;");
  }

  @Test
  void whatCannotBeSeenIsShown() {
    assertThat(HtmlText.of("a\u202Eb\nc\u0000")).isEqualTo("a\\u202eb\\u000ac\\u0000");
  }
}
