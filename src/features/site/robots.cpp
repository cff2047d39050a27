#include "features/site/robots.h"

#include "features/site/languages.h"
#include "html/writer.h"

namespace bursary::site {

std::string robots_txt(std::string_view public_address) {
  std::string text = "User-agent: *\nDisallow: /draft/\nDisallow: /application/\nDisallow: /staff\nDisallow: /search\n";
  if (!public_address.empty()) text += fmt::format("Sitemap: {}/sitemap.xml\n", public_address);
  return text;
}

std::string sitemap_xml(std::string_view public_address, const std::vector<std::string>& paths,
                        const std::vector<std::string>& locales) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";
  const auto escaped = [](std::string_view text) {
    std::string safe;
    html::append_escaped(safe, text);
    return safe;
  };
  for (const std::string& path : paths) {
    const std::string address = std::string(public_address) + path;
    std::string alternates;
    for (const std::string& locale : locales) {
      const std::string there = locale == locales.front() ? address : in_language(address, locale);
      alternates +=
          fmt::format("<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>", escaped(locale), escaped(there));
    }
    for (const std::string& locale : locales) {
      const std::string there = locale == locales.front() ? address : in_language(address, locale);
      out += fmt::format("<url><loc>{}</loc>{}</url>\n", escaped(there), locales.size() > 1 ? alternates : "");
    }
  }
  return out + "</urlset>\n";
}

}  // namespace bursary::site
