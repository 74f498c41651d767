// Text on its way into XML 1.0: into an element, or into an attribute between quotes of either kind.
#pragma once

#include <string>
#include <string_view>

namespace tongban {

enum class XmlPlace { element, attribute };
/// What stands there is read again as it was: line ends are kept as they are, in an attribute tabs and line
/// feeds too. Control characters that XML cannot carry (section 2.2) are left out.
std::string xml_text(std::string_view text, XmlPlace place);

}  // namespace tongban
