// A PDF that opens only for who knows the word.
#pragma once

#ifndef POINTERHOLDER_TRANSITION
#define POINTERHOLDER_TRANSITION 4  // qpdf with std::shared_ptr only
#endif
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>

namespace tongban::files::testing {

inline std::string encrypted(std::string const& plain) {
    QPDF source;
    source.processMemoryFile("plain", plain.data(), plain.size());
    QPDFWriter writer(source);
    writer.setOutputMemory();
    writer.setR6EncryptionParameters("secret", "owner", true, true, true, true, true, true, qpdf_r3p_full,
                                     true);
    writer.write();
    auto buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace tongban::files::testing
