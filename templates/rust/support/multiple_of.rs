/// Checks that a number is a multiple of another, both as the decimal numbers that people write.
pub fn multiple_of(value: impl fmt::Display, factor: &str) -> Result<(), Invalid> {
    let value = value.to_string();
    let is_multiple = match (decimal(&value), decimal(factor)) {
        (Some((value, value_scale)), Some((factor, factor_scale))) => {
            let scale = value_scale.max(factor_scale);
            let align =
                |digits: i128, own: u32| digits.checked_mul(10_i128.checked_pow(scale - own)?);
            match (align(value, value_scale), align(factor, factor_scale)) {
                (Some(value), Some(factor)) => value % factor == 0,
                _ => false,
            }
        }
        _ => {
            value.parse::<f64>().unwrap_or(f64::NAN) % factor.parse::<f64>().unwrap_or(f64::NAN)
                == 0.0
        }
    };
    if is_multiple {
        return Ok(());
    }
    Err(Invalid(format!("{value} is not a multiple of {factor}")))
}

/// The digits of a decimal number and how many of them stand behind the point; none if they are too many.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let scale = i32::try_from(fraction.len()).ok()? - exponent;
    if scale >= 0 {
        return Some((digits, scale.unsigned_abs()));
    }
    let shifted = digits.checked_mul(10_i128.checked_pow(scale.unsigned_abs())?)?;
    Some((shifted, 0))
}
