// An order as a class, for NestJS and routing-controllers: with the copy of class-validator that they load.
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsEmail,
  IsInt,
  IsNumber,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

class Item {
  @IsString() @MaxLength(50) name!: string;
  @IsNumber() price!: number;
  @IsInt() @Min(1) @Max(100) quantity!: number;
}

export class Order {
  @IsString() @MaxLength(50) customer!: string;
  @IsEmail() email!: string;
  @IsBoolean() gift!: boolean;
  @IsArray() @ValidateNested({ each: true }) @Type(() => Item) items!: Item[];
  @IsInt() @Min(0) priority!: number;
}

/** The options that make their checks as strict as those of the others. */
export const STRICT = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };
