// The door of `base`: everything that stands on the ground. No SQL, no HTTP.
#pragma once

#include "base/actor.h"
#include "base/calendar.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/identifiers.h"
#include "base/ids.h"
#include "base/json.h"
#include "base/log.h"
#include "base/module.h"
#include "base/result.h"
#include "base/text.h"
