// Invented names: common surnames by weight, given names after the fashion of their years. Any likeness is
// chance.
#pragma once

#include <string>
#include <string_view>

#include "base/identifiers.h"
#include "sim/dice.h"

namespace tongban::sim {

/// A surname; now and then a compound one.
std::string surname(Dice& dice);
/// One or two characters that fit the sex and the year of birth.
std::string given_name(Dice& dice, Sex sex, int born);
/// Surname and given name, thrown in this order: operands of `+` have none.
std::string full_name(Dice& dice, Sex sex, int born);
/// The surname within a full name of Han fashion.
std::string surname_of(std::string_view name);
/// Names with a dot: the own, then the father's. `father` may be empty for the eldest on record.
std::string dotted_name(Dice& dice, Sex sex, std::string_view father);
/// The own part of a dotted name.
std::string own_part(std::string_view name);
/// 示例区云帆餐饮有限公司: place, brand, trade.
struct Trade {
    std::string_view word, scope;
    bool serves_people;  ///< food and lodging: their workers need health certificates
};
Trade const& trade(Dice& dice);
std::string brand(Dice& dice);

}  // namespace tongban::sim
