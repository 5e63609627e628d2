/// \file
/// The bytes of the files: docx, csv, jsonl.
#pragma once

#include <string>
#include <vector>

#include "outline.hpp"

namespace sample {

/// A Word document; the same bytes for the same paragraphs, whatever the clock and time zone.
std::string as_docx(const std::vector<Paragraph>& paragraphs);

/// The hotline's table of a month: mã;ngày;xã/phường;nội dung. The days are shared out over the month.
std::string as_hotline(int month, const std::vector<const Told*>& told, const std::vector<Place>& places);

/// Voters' petitions of a month, one JSON object a line: id, text, place, period, unit.
std::string as_petitions(int month, const std::vector<const Told*>& told, const std::vector<Place>& places);

}  // namespace sample
