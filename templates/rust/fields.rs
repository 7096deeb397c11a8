{%- for line in field.doc %}
    ///{% if !line.is_empty() %} {% endif %}{{ line }}
{%- endfor %}
{%- if field.is_deprecated %}
    #[deprecated]
{%- endif %}
    {{ field.declaration }}
